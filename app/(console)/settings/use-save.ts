"use client";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";

/** Saves something of the settings: says that it is saved and reads the page anew, or keeps what was refused in `failed`. Answers whether it is saved. */
export function useSave(): { save(work: () => Promise<unknown>): Promise<boolean>; failed: unknown } {
  const t = useT("settings");
  const router = useRouter();
  const [failed, setFailed] = useState<unknown>();
  const save = async (work: () => Promise<unknown>) => {
    setFailed(undefined);
    try {
      await work();
      notifications.show({ message: t("saved") });
      router.refresh();
      return true;
    } catch (error) {
      setFailed(error);
      return false;
    }
  };
  return { save, failed };
}
