import { serverT } from "../_i18n/locale";
import { EmptyState } from "../_ui/page/empty-state";
import { LinkButton } from "../_ui/page/link-button";

export default async function NotFound() {
  const t = await serverT("common");
  return (
    <EmptyState icon="search" title={t("notFound")} action={<LinkButton href="/">{t("home")}</LinkButton>}>
      {t("notFoundHint")}
    </EmptyState>
  );
}
