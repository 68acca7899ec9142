"use client";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import type { IconName } from "../../../_ui/icons";
import { useWorkspace } from "../../../_ui/workspace";
import { remember } from "./recent";

/** Stands on the page of one thing, so that ⌘K offers it again. */
export function Remember({ label, icon }: { label: string; icon: IconName }) {
  const { id } = useWorkspace();
  const href = usePathname();
  useEffect(() => {
    remember(id, { href, label, icon });
  }, [id, href, label, icon]);
  return null;
}
