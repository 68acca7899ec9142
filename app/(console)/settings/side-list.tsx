"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useWorkspace } from "../../_ui/workspace";
import { elsewhere, parts } from "./parts";
import classes from "./settings.module.css";

const GROUPS = ["workspace", "messages", "people"] as const;

/** Where one can go within the settings. */
export function SideList() {
  const t = useT("settings");
  const path = usePathname();
  const { may } = useWorkspace();
  return (
    <nav aria-label={t("title")} className={classes.side}>
      {GROUPS.map((group) => (
        <ul key={group} aria-label={t(`groups.${group}`)}>
          {parts
            .filter((part) => part.group === group && (!("may" in part) || may.includes(part.may)))
            .map(({ key, href, icon }) => (
              <li key={key}>
                <Link href={href} className={classes.sideLink} aria-current={path === href ? "page" : undefined}>
                  <Icon name={icon} size={16} />
                  {t(`parts.${key}`)}
                </Link>
              </li>
            ))}
        </ul>
      ))}
      <ul aria-label={t("groups.elsewhere")}>
        {elsewhere.map(({ key, href, icon }) => (
          <li key={key}>
            <Link href={href} className={classes.sideLink}>
              <Icon name={icon} size={16} />
              {t(`parts.${key}`)}
              <Icon name="next" size={13} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
