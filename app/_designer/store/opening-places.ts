"use client";
import { createContext } from "react";
import type { Places } from "../geometry/shape";

/** The layout that came with the page. */
export const OpeningPlacesContext = createContext<Places | undefined>(undefined);
