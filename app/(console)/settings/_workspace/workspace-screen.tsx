"use client";
import { useT } from "../../../_i18n/use-t";
import { useMay, useWorkspace } from "../../../_ui/workspace";
import { Part } from "../part";
import { DemoForm } from "./demo-form";
import { WorkspaceForm } from "./workspace-form";

/** What the workspace is called, where it lives, and the demo's switch. */
export function WorkspaceScreen({ workspace }: { workspace: { name: string; timeZone: string; locale: string } }) {
  const t = useT("settings");
  const { isDemo } = useWorkspace();
  const mayWrite = useMay("workspace.write");
  const mayDemo = useMay("demo.write");
  return (
    <>
      {isDemo && mayDemo && <DemoForm />}
      <Part title={t("workspace")}>
        <WorkspaceForm initial={workspace} isReadOnly={!mayWrite} />
      </Part>
    </>
  );
}
