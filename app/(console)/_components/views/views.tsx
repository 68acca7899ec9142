"use client";
import { Anchor, Button, Menu, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Fragment, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { NameDialog, type Named } from "./name-dialog";
import { useViews } from "./use-views";
import { ALL, isAsKept, keptOf, type SavedView, type Screen } from "./view";
import classes from "./views.module.css";

/** The kept filters of a list: open one, keep what stands in the address, share it, open the list with it. */
export function Views<K extends string>({
  screen,
  filters,
  view,
  onChange,
}: {
  screen: Screen;
  /** What a view keeps, as it stands in the address. */
  filters: Record<K, string | null>;
  /** The open view's id. */
  view: string | null;
  onChange(change: Partial<Record<NoInfer<K> | "view", string | null>>): void;
}) {
  const t = useT("views");
  const { views, save, change, remove, openWith } = useViews(screen);
  const [asking, setAsking] = useState<"new" | "rename">();
  const open = views.find(({ id }) => id === view);
  const isChanged = open !== undefined && !isAsKept(open, filters);
  const hasFilters = Object.values(filters).some((value) => value !== null);
  const show = (kept: Record<string, string>, id: string | null) => {
    const none = Object.fromEntries(Object.keys(filters).map((key) => [key, null]));
    onChange({ ...none, ...kept, view: id } as Partial<Record<K | "view", string | null>>);
  };
  const keep = async ({ name, isShared, isDefault }: Named) => {
    if (asking === "rename" && open) {
      if (await change(open.id, { name })) setAsking(undefined);
      return;
    }
    const made = await save({ name, isShared, isDefault, filters: keptOf(filters) });
    if (!made) return;
    setAsking(undefined);
    show(made.filters, made.id);
    notifications.show({ message: t("saved", { name }) });
  };
  const discard = async (gone: SavedView) => {
    if (!(await remove(gone.id))) return;
    show(keptOf(filters), null);
    const id = `view-${gone.id}`;
    const undo = async () => {
      notifications.hide(id);
      const back = await save(gone);
      if (back) show(back.filters, back.id);
    };
    notifications.show({
      id,
      message: (
        <>
          {t("removed", { name: gone.name })}{" "}
          <Anchor component="button" type="button" size="sm" onClick={() => void undo()}>
            {t("undo")}
          </Anchor>
        </>
      ),
    });
  };
  const groups = [
    ["mine", views.filter(({ isMine }) => isMine)],
    ["team", views.filter(({ isMine }) => !isMine)],
  ] as const;
  return (
    <>
      <Menu position="bottom-start" withinPortal width={280}>
        <Menu.Target>
          <Button
            variant="default"
            className={classes.target}
            aria-label={open ? `${t("menu")}: ${open.name}` : t("menu")}
            leftSection={<Icon name="views" size={16} />}
            rightSection={<Icon name="down" size={14} />}
            title={open?.name}
            data-testid="views"
          >
            <span className={classes.name}>{open?.name ?? t("menu")}</span>
            {isChanged && <small className={classes.changed}>{t("changed")}</small>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => show({}, views.some(({ isDefault }) => isDefault) ? ALL : null)}
            data-testid="view-all"
          >
            {t("everything")}
          </Menu.Item>
          {groups.map(
            ([group, items]) =>
              items.length > 0 && (
                <Fragment key={group}>
                  <Menu.Label>{t(group)}</Menu.Label>
                  {items.map((one) => (
                    <Menu.Item
                      key={one.id}
                      onClick={() => show(one.filters, one.id)}
                      aria-current={one.id === view || undefined}
                      rightSection={one.id === view && <Icon name="check" size={15} />}
                    >
                      {one.name}
                      <Says view={one} />
                    </Menu.Item>
                  ))}
                </Fragment>
              ),
          )}
          <Menu.Divider />
          {isChanged && open.mayChange && (
            <Menu.Item
              leftSection={<Icon name="check" size={15} />}
              onClick={() => void change(open.id, { filters: keptOf(filters) })}
            >
              {t("update", { name: open.name })}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<Icon name="add" size={15} />}
            disabled={!hasFilters}
            onClick={() => setAsking("new")}
            data-testid="view-save"
          >
            {t("save")}
          </Menu.Item>
          {open && (
            <>
              <Menu.Item
                leftSection={<Icon name="home" size={15} />}
                onClick={() => void openWith(open.isDefault ? null : open.id)}
              >
                {t(open.isDefault ? "unsetDefault" : "setDefault")}
              </Menu.Item>
              {open.mayChange && (
                <>
                  <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={() => setAsking("rename")}>
                    {t("rename")}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<Icon name="members" size={15} />}
                    onClick={() => void change(open.id, { isShared: !open.isShared })}
                  >
                    {t(open.isShared ? "keepPrivate" : "shareIt")}
                  </Menu.Item>
                  <Menu.Item leftSection={<Icon name="remove" size={15} />} onClick={() => void discard(open)}>
                    {t("remove")}
                  </Menu.Item>
                </>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <NameDialog
          first={asking === "rename" ? (open?.name ?? "") : ""}
          isNew={asking === "new"}
          onDone={keep}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

/** Whose it is, and what is special about it. */
function Says({ view: { isMine, isShared, isDefault, ownerName } }: { view: SavedView }) {
  const t = useT("views");
  const says = [
    !isMine && ownerName && t("by", { name: ownerName }),
    isMine && isShared && t("shared"),
    isDefault && t("isDefault"),
  ].filter(Boolean);
  return says.length > 0 ? (
    <Text size="xs" c="dimmed">
      {says.join(" · ")}
    </Text>
  ) : null;
}
