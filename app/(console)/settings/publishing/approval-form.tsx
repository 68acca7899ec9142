"use client";
import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { APPROVALS, type Approval } from "@/core/policy/approval";
import { useT } from "../../../_i18n/use-t";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { useApi, useMay } from "../../../_ui/workspace";
import { Part } from "../part";
import { useSave } from "../use-save";

/** Whose publish waits for a second person; saved as it is chosen. */
export function ApprovalForm({ initial }: { initial: Approval }) {
  const t = useT("settings");
  const api = useApi();
  const isReadOnly = !useMay("workspace.write");
  const [approval, setApproval] = useState(initial);
  const { save, failed } = useSave();
  const choose = async (next: Approval) => {
    const before = approval;
    setApproval(next);
    const isSaved = await save(() => api.patch("/workspace", { settings: { publishing: { approval: next } } }));
    if (!isSaved) setApproval(before);
  };
  return (
    <Part title={t("approval")} lead={t("approvalLead")}>
      <Stack data-testid="approval">
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
    </Part>
  );
}
