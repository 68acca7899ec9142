"use client";
import { useMantineColorScheme } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useLocale } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import type { IconName } from "../../../_ui/icons";
import { useWorkspace } from "../../../_ui/workspace";
import { chooseLocale, languages } from "../shell/languages";
import { useImportJourney } from "../use-import-journey";
import { useMakeJourney } from "../use-make-journey";

export type Action = { id: string; label: string; icon: IconName; run(): void };

/** What can be done from anywhere, as far as the reader may. */
export function useActions(): Action[] {
  const t = useT("search");
  const journeys = useT("journeys");
  const router = useRouter();
  const locale = useLocale();
  const { may } = useWorkspace();
  const { blank } = useMakeJourney();
  const importJourney = useImportJourney();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const go = (href: string) => () => router.push(href);
  const other = languages.find(({ value }) => value !== locale);
  return [
    may.includes("journey.write") && { id: "newJourney", label: t("newJourney"), icon: "add", run: () => void blank() },
    may.includes("journey.write") && {
      id: "fromRecipe",
      label: t("fromRecipe"),
      icon: "gift",
      run: go("/journeys?view=all&new=recipe"),
    },
    may.includes("journey.write") && { id: "import", label: journeys("import"), icon: "import", run: importJourney },
    may.includes("segment.write") && {
      id: "newSegment",
      label: t("newSegment"),
      icon: "segment",
      run: go("/segments?new=1"),
    },
    may.includes("offer.write") && { id: "newOffer", label: t("newOffer"), icon: "offer", run: go("/offers?new=1") },
    may.includes("event.write") && {
      id: "testEvent",
      label: t("testEvent"),
      icon: "send",
      run: go("/events?test=order_paid"),
    },
    may.includes("run.read") && {
      id: "failedRuns",
      label: t("failedRuns"),
      icon: "warning",
      run: go("/runs?state=failed"),
    },
    may.includes("message.read") && {
      id: "failedMessages",
      label: t("failedMessages"),
      icon: "warning",
      run: go("/messages?state=failed"),
    },
    other && {
      id: "language",
      label: t("language", { language: other.label }),
      icon: "language",
      run: () => {
        chooseLocale(other.value);
        router.refresh();
      },
    },
    {
      id: "theme",
      label: t(colorScheme === "dark" ? "toLight" : "toDark"),
      icon: colorScheme === "dark" ? "light" : "dark",
      run: () => setColorScheme(colorScheme === "dark" ? "light" : "dark"),
    },
  ].filter((action): action is Action => Boolean(action));
}
