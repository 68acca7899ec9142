"use client";
import { Button } from "@mantine/core";
import { REFUSALS } from "@/core/refusals";
import { useT } from "../_i18n/use-t";
import { EmptyState } from "../_ui/page/empty-state";

/** Shown when a page failed to render: it can be tried again. What was done before it failed is done, so it does not say that nothing was. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  const t = useT("common");
  const refusals = useT("refusals");
  const reason = REFUSALS.find((refusal) => refusal === error.digest);
  return (
    <EmptyState icon="warning" title={t("broken")} action={<Button onClick={reset}>{t("retry")}</Button>}>
      {reason ? refusals(reason) : t("brokenHint", { digest: error.digest ?? error.message })}
    </EmptyState>
  );
}
