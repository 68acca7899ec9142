"use client";
import { SegmentedControl, Switch, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useLocale } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { KeyValue } from "../../../_ui/fields/key-value";
import { useSingleKeys } from "../../../_ui/use-single-keys";
import { useApi, useWorkspace } from "../../../_ui/workspace";
import { PasswordForm } from "../../_components/password-form";
import { chooseLocale, languages } from "../../_components/shell/languages";
import { Part } from "../part";

/** One's own account: how the console looks to oneself, and the password. */
export function YouScreen() {
  const t = useT("settings");
  const nav = useT("nav");
  const team = useT("team");
  const locale = useLocale();
  const router = useRouter();
  const api = useApi();
  const { user } = useWorkspace();
  const [takesSingle, chooseSingle] = useSingleKeys();
  const isMounted = useMounted();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Part title={t("you")}>
        <KeyValue
          facts={[
            [t("account"), user.name],
            [t("role"), team(`roles.${user.role}`)],
            [
              t("yourLanguage"),
              <SegmentedControl
                key="l"
                aria-label={t("yourLanguage")}
                value={locale}
                onChange={(value) => {
                  for (const { value: known } of languages) if (known === value) chooseLocale(known);
                  router.refresh();
                }}
                data={languages}
              />,
            ],
            [
              t("colours"),
              <SegmentedControl
                key="c"
                aria-label={t("colours")}
                value={isMounted ? colorScheme : "auto"}
                onChange={(value) => {
                  if (value === "auto" || value === "light" || value === "dark") setColorScheme(value);
                }}
                data={(["auto", "light", "dark"] as const).map((value) => ({ value, label: nav(value) }))}
              />,
            ],
            [
              t("singleKeys"),
              <Switch
                key="k"
                aria-label={t("singleKeys")}
                label={t("singleKeysHint")}
                checked={!isMounted || takesSingle}
                onChange={(event) => chooseSingle(event.currentTarget.checked)}
              />,
            ],
          ]}
        />
      </Part>
      <Part title={t("password")}>
        <PasswordForm client={api} onChanged={router.refresh} />
      </Part>
    </>
  );
}
