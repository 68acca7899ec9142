"use client";
import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useLocale } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { chooseLocale, languages } from "./languages";

/** Language and colours, remembered in this browser. */
export function LookMenu() {
  const t = useT("nav");
  const locale = useLocale();
  const router = useRouter();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("language")}>
            <Icon name="language" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("language")}</Menu.Label>
          {languages.map(({ value, label }) => (
            <Menu.Item
              key={value}
              lang={value}
              rightSection={value === locale ? <Icon name="check" size={14} /> : null}
              onClick={() => {
                chooseLocale(value);
                router.refresh();
              }}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("theme")}>
            <span data-light-only>
              <Icon name="light" />
            </span>
            <span data-dark-only>
              <Icon name="dark" />
            </span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("theme")}</Menu.Label>
          {(["auto", "light", "dark"] as const).map((scheme) => (
            <Menu.Item
              key={scheme}
              leftSection={<Icon name={scheme} size={15} />}
              rightSection={scheme === colorScheme ? <Icon name="check" size={14} /> : null}
              onClick={() => setColorScheme(scheme)}
            >
              {t(scheme)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
