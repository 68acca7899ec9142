"use client";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { PageHeader } from "../../_ui/page-header";
import { useMay } from "../../_ui/workspace";
import type { Key } from "./key";
import { Keys } from "./keys";
import { Snippets } from "./snippets";
import { WebhookKey } from "./webhook-key";

/** Keys, and what to paste where so that events come in. A key just made is filled into the snippets. */
export function IntegrationsScreen({ initial }: { initial?: Key[] }) {
  const t = useT("integrations");
  const mayKeys = useMay("key.write");
  const [fresh, setFresh] = useState<string>();
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Keys
        {...(initial && { initial })}
        onMade={(kind, key) => {
          if (kind === "write") setFresh(key);
        }}
      />
      <Snippets writeKey={fresh} />
      {mayKeys && <WebhookKey />}
    </>
  );
}
