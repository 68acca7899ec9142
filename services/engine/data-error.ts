import { sqlState } from "@/platform/db";

/** SQLSTATE class 22 (data) and 23 (constraint): the rows are at fault, not the server; anything else is worth repeating. */
export const isDataError = (error: unknown): boolean => /^(22|23)/.test(sqlState(error) ?? "");
