"use client";
import { createContext, type ReactNode, use, useMemo } from "react";
import type { Locale } from "@/core/text";
import type { Role } from "@/services/access/actor";
import type { Permission } from "@/services/access/may";
import { type Api, apiAt } from "./api";

/** What every screen knows: whose data this is, who looks, and where the API answers. */
export type Workspace = {
  id: string;
  name: string;
  slug: string;
  timeZone: string;
  currency: string;
  /** In which it writes where a member has told no language. */
  locale: Locale;
  isDemo: boolean;
  /** Of a part of an SMS, in minor units; 0 = not told. */
  smsPrice: number;
  /** Stands before an SMS to mainland China. */
  signature: string;
  user: { id: string; name: string; role: Role };
  /** For hiding only; the API decides. */
  may: readonly Permission[];
  api: string;
  temporal: string;
  temporalList: string;
};

const Context = createContext<(Workspace & { client: Api }) | null>(null);

export function WorkspaceProvider({ value, children }: { value: Workspace; children: ReactNode }) {
  // A page that is read again (another language) has the same API: what saves through it goes on.
  const client = useMemo(() => apiAt(value.api, value.user.id), [value.api, value.user.id]);
  const full = useMemo(() => ({ ...value, client }), [client, value]);
  return <Context value={full}>{children}</Context>;
}

export function useWorkspace(): Workspace & { client: Api } {
  const workspace = use(Context);
  if (!workspace) throw new Error("useWorkspace stands outside the console's layout");
  return workspace;
}

/** The management API, with the session's cookie. */
export const useApi = (): Api => useWorkspace().client;

/** Whether the reader may do this; for hiding only. */
export const useMay = (permission: Permission): boolean => useWorkspace().may.includes(permission);
