"use client";
import { Avatar, Menu, Text, UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useProblem } from "../../../_ui/page/error-panel";
import { useApi, useWorkspace } from "../../../_ui/workspace";

/** Who is signed in, and the way out. */
export function UserMenu() {
  const t = useT("nav");
  const team = useT("team");
  const { user } = useWorkspace();
  const api = useApi();
  const router = useRouter();
  const queries = useQueryClient();
  const problem = useProblem();
  const leave = async () => {
    try {
      await api.post("//api/auth/sign-out");
    } catch (error) {
      // Whoever leaves a shared computer has to know that they are not out.
      const { title, says } = problem(error);
      notifications.show({
        color: "danger",
        title: t("stillSignedIn"),
        message: [title, says].filter(Boolean).join(" · "),
      });
      return;
    }
    queries.clear();
    router.push("/sign-in");
    router.refresh();
  };
  return (
    <Menu position="bottom-end" withinPortal width={200}>
      <Menu.Target>
        <UnstyledButton aria-label={t("account", { name: user.name })} style={{ borderRadius: "50%" }}>
          <Avatar size={32} color="persimmon" variant="light">
            {user.name.slice(0, 1).toUpperCase()}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--ink)">
            {user.name}
          </Text>
          {team(`roles.${user.role}`)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="settings" size={15} />} component={Link} href="/settings/you">
          {t("yours")}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" size={15} />} onClick={() => void leave()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
