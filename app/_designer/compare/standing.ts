"use client";
import { createContext, useContext } from "react";
import type { Preview } from "../api";

/** Members who stand at a step of the published version, and where they go when the draft is published. */
export type Standing = { count: number; fate: Preview["nodes"][number]["suggested"] };

const NOBODY: ReadonlyMap<string, Standing> = new Map();
/** By the id under which the step is shown. */
export const StandingContext = createContext(NOBODY);
export const useStanding = (node: string): Standing | undefined => useContext(StandingContext).get(node);
