"use client";
import { createContext, useContext } from "react";
import type { Commands } from "../store/use-commands";

export const CommandsContext = createContext<Commands | undefined>(undefined);

/** The canvas's commands, for what is drawn on it: made once, not for each of its lines. */
export function useCanvasCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (!commands) throw new Error("a line stands outside the canvas");
  return commands;
}
