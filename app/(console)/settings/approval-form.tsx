"use client";
import { Radio, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { APPROVALS, type Approval } from "@/core/policy/approval";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { useApi } from "../../_ui/workspace";

/** Whose publish waits for a second person; saved as it is chosen. */
export function ApprovalForm({ initial, isReadOnly }: { initial: Approval; isReadOnly: boolean }) {
  const t = useT("settings");
  const api = useApi();
  const router = useRouter();
  const [approval, setApproval] = useState(initial);
  const [failed, setFailed] = useState<unknown>();
  const choose = async (next: Approval) => {
    const before = approval;
    setApproval(next);
    setFailed(undefined);
    try {
      await api.patch("/workspace", { settings: { publishing: { approval: next } } });
      notifications.show({ message: t("saved") });
      router.refresh();
    } catch (error) {
      setApproval(before);
      setFailed(error);
    }
  };
  return (
    <Stack data-testid="approval">
      <Text size="sm" c="dimmed">
        {t("approvalLead")}
      </Text>
      <Radio.Group aria-label={t("approval")} value={approval} readOnly={isReadOnly}>
        <Stack gap="sm">
          {APPROVALS.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`approvals.${one}`)}
              description={t(`approvalHints.${one}`)}
              disabled={isReadOnly}
              onChange={() => void choose(one)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {failed !== undefined && <ErrorPanel error={failed} />}
    </Stack>
  );
}
