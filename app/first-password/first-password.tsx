"use client";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useT } from "../_i18n/use-t";
import { apiAt } from "../_ui/api";
import { PasswordForm } from "../(console)/_components/password-form";
import { Frame } from "../sign-in/frame";

/** Who was told a one-time password chooses their own before anything else. */
export function FirstPassword({ api, name }: { api: string; name: string }) {
  const t = useT("team");
  const router = useRouter();
  const client = useMemo(() => apiAt(api), [api]);
  return (
    <Frame title={t("firstTitle")} lead={`${name} · ${t("firstLead")}`}>
      <PasswordForm
        client={client}
        onChanged={() => {
          router.push("/");
          router.refresh();
        }}
      />
    </Frame>
  );
}
