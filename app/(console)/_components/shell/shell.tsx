"use client";
import { AppShell, Burger, Group, Tooltip, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useKeysNamed } from "../../../_ui/names/use-keys-named";
import { Badge } from "../../../_ui/page/state-badge";
import { useWorkspace } from "../../../_ui/workspace";
import { Search } from "../search/search";
import { searchBox } from "../search/search-box";
import { Logo } from "./logo";
import { LookMenu } from "./look-menu";
import { pages } from "./pages";
import classes from "./shell.module.css";
import { UserMenu } from "./user-menu";

const groups = ["top", "engage", "observe", "connect"] as const;
const isAt = (href: string, path: string) =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);

/** The frame of the console: where one can go at the left, whose data and who at the top. */
export function Shell({ children }: { children: ReactNode }) {
  const path = usePathname();
  const [isOpen, menu] = useDisclosure(false);
  const workspace = useWorkspace();
  const keys = useKeysNamed();
  const nav = useT("nav");
  const common = useT("common");
  const search = useT("search");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => menu.close(), [path]);
  // The designer fills the window; every other page has margins and a readable width.
  const isCanvas = /^\/journeys\/[^/]+$/.test(path);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={0}
      layout="alt"
    >
      <a href="#content" className="skip">
        {common("skip")}
      </a>
      <AppShell.Header className={classes.header}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Burger opened={isOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={nav("openMenu")} />
          <span className={classes.workspace}>{workspace.name}</span>
          {workspace.isDemo && (
            <Tooltip label={nav("demoHint")}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its tooltip must be reachable by keyboard */}
              <span tabIndex={0}>
                <Badge tone="warn" dot={false}>
                  {nav("demo")}
                </Badge>
              </span>
            </Tooltip>
          )}
        </Group>
        <Group gap="xs" wrap="nowrap">
          <UnstyledButton className={classes.search} onClick={searchBox.open} aria-label={search("placeholder")}>
            <Icon name="search" size={15} />
            <span className={classes.searchText}>{nav("searchShort")}</span>
            <kbd className={classes.keys}>{keys("Ctrl K")}</kbd>
          </UnstyledButton>
          <LookMenu />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={nav("main")}>
        <Link href="/" className={classes.brand}>
          <Logo />
          <span>{common("product")}</span>
        </Link>
        <div className={classes.links}>
          {groups.map((group) => (
            <div key={group} className={classes.group}>
              {group !== "top" && (
                <div className={classes.groupName} id={`nav-${group}`}>
                  {nav(group)}
                </div>
              )}
              <ul className={classes.list} {...(group !== "top" && { "aria-labelledby": `nav-${group}` })}>
                {pages
                  .filter((page) => page.group === group)
                  .map((page) => (
                    <li key={page.key}>
                      <Link
                        href={page.href}
                        className={classes.link}
                        aria-current={isAt(page.href, path) ? "page" : undefined}
                      >
                        <Icon name={page.icon} size={18} stroke={1.6} />
                        {nav(page.key)}
                      </Link>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </div>
        <div className={classes.outside}>
          <a href={workspace.temporalList} target="_blank" rel="noreferrer" className={classes.outLink}>
            {nav("temporal")}
            <Icon name="outside" size={13} />
          </a>
          <a href={`${workspace.api}/docs`} target="_blank" rel="noreferrer" className={classes.outLink}>
            {nav("docs")}
            <Icon name="outside" size={13} />
          </a>
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={isCanvas ? classes.canvas : classes.main}>
        {isCanvas ? children : <div className={classes.page}>{children}</div>}
      </AppShell.Main>
      <Search />
    </AppShell>
  );
}
