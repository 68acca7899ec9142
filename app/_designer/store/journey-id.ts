"use client";
import { createContext, useContext } from "react";

/** The id of the journey that is drawn. */
export const JourneyIdContext = createContext("");
export const useJourneyId = (): string => useContext(JourneyIdContext);
