"use client";
import { notifications } from "@mantine/notifications";
import { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { useMakeJourney } from "./use-make-journey";

/** Asks for a file, makes a journey of it and opens that; a file that holds none is told with what is wrong with it. */
export function useImportJourney(): () => void {
  const t = useT("journeys");
  const { make } = useMakeJourney();
  const take = async (file: File) => {
    const document = parse(await file.text());
    if (document.ok) return make(document.value, (name) => t("imported", { name }));
    notifications.show({
      color: "danger",
      title: t("badFile"),
      message: t("badFileHint", { reason: document.reason }),
    });
  };
  return () => {
    const input = Object.assign(window.document.createElement("input"), {
      type: "file",
      accept: "application/json,.json",
    });
    input.addEventListener("change", () => {
      const [chosen] = input.files ?? [];
      if (chosen) void take(chosen);
    });
    input.click();
  };
}

function parse(text: string): { ok: true; value: JourneyDocument } | { ok: false; reason: string } {
  try {
    const read = JourneyDocument.safeParse(JSON.parse(text));
    if (read.success) return { ok: true, value: read.data };
    const issue = read.error.issues[0];
    return { ok: false, reason: issue ? `${issue.path.join(".")}: ${issue.message}` : "" };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
