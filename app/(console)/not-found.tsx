import { Button } from "@mantine/core";
import Link from "next/link";
import { serverT } from "../_i18n/locale";
import { EmptyState } from "../_ui/empty-state";

export default async function NotFound() {
  const t = await serverT("common");
  return <EmptyState icon="search" title={t("notFound")} action={<Button component={Link} href="/">{t("home")}</Button>}>{t("notFoundHint")}</EmptyState>;
}
