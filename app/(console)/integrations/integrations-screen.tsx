"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { PageHeader } from "../../_ui/page/page-header";
import { TestEvent } from "../../_ui/test-event/test-event";
import { useMay } from "../../_ui/workspace";
import type { Key } from "./key";
import { Keys } from "./keys";
import { Snippets } from "./snippets";
import { WebhookKey } from "./webhook-key";

/** Keys, and what to paste where so that events come in. A key just made is filled into the snippets. */
export function IntegrationsScreen({ initial }: { initial?: Key[] }) {
  const t = useT("integrations");
  const mayKeys = useMay("key.write");
  const mayWrite = useMay("event.write");
  const events = useT("events");
  const [testing, setTesting] = useState<string | null>(null);
  const [fresh, setFresh] = useState<string>();
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          mayWrite && (
            <Button
              variant="default"
              leftSection={<Icon name="send" size={16} />}
              onClick={() => setTesting("order_paid")}
            >
              {events("test")}
            </Button>
          )
        }
      />
      <TestEvent event={testing} onClose={() => setTesting(null)} />
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
