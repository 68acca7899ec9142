import { Alert } from "@mantine/core";
import Link from "next/link";
import { readMe } from "@/services/access/me";
import { serverT } from "../../_i18n/locale";
import { tryRead } from "../../_server/door";
import { Icon } from "../../_ui/icons";

/** Reminds whoever still signs in with the password that the first start printed, until it is changed. */
export async function FirstPassword() {
  const me = await tryRead(readMe, {});
  if (!me?.isFirstPassword) return null;
  const t = await serverT("settings");
  return (
    <Alert variant="light" color="gray" icon={<Icon name="warning" />} mb="lg" data-testid="first-password">
      {t("firstPassword")} <Link href="/settings/you">{t("change")}</Link>
    </Alert>
  );
}
