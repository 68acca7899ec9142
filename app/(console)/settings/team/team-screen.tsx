"use client";
import { Button, Group, Menu, Select, Table, Text, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter } from "use-intl";
import type { Person } from "@/services/access/people/person";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import type { Wire } from "../../../_ui/live/wire";
import { ErrorPanel, useProblem } from "../../../_ui/page/error-panel";
import { Badge } from "../../../_ui/page/state-badge";
import { RowMenu } from "../../../_ui/table/row-menu";
import { CardSkeleton } from "../../../_ui/table/skeletons";
import { When } from "../../../_ui/time/when";
import { useApi, useMay } from "../../../_ui/workspace";
import { Part } from "../part";
import { type Asked, AskFirst } from "./ask-first";
import { InviteDialog } from "./invite-dialog";
import { type OneTime, PasswordOnce } from "./password-once";
import { ROLES } from "./team-roles";

const PEOPLE = ["people"];

/** Who may sign in, and as what. */
export function TeamScreen() {
  const t = useT("team");
  const api = useApi();
  const may = useMay("person.write");
  const queries = useQueryClient();
  const problem = useProblem();
  const [isInviting, setInviting] = useState(false);
  const [once, setOnce] = useState<OneTime>();
  const [asked, setAsked] = useState<Asked>();
  const { data, error } = useQuery({
    queryKey: PEOPLE,
    queryFn: ({ signal }) => api.get<{ items: Wire<Person>[] }>("/people", {}, signal),
  });
  const attempt = async (work: () => Promise<unknown>, message: string) => {
    try {
      await work();
      if (message) notifications.show({ message });
    } catch (failed) {
      const { title, says } = problem(failed);
      notifications.show({ color: "danger", title, message: says });
    } finally {
      await queries.invalidateQueries({ queryKey: PEOPLE });
    }
  };
  const act = ({ what, of: { id, name, email } }: Asked) => {
    setAsked(undefined);
    if (what === "takeOut") return attempt(() => api.remove(`/people/${id}`), t("takenOut", { name }));
    return attempt(async () => {
      const { password } = await api.post<{ password: string }>(`/people/${id}/password`, {});
      setOnce({ name, email, password });
    }, "");
  };
  return (
    <Part title={t("title")} lead={t("lead")}>
      {error ? (
        <ErrorPanel error={error} />
      ) : !data ? (
        <CardSkeleton lines={4} />
      ) : (
        <>
          <Table verticalSpacing="sm" data-testid="team">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("person")}</Table.Th>
                <Table.Th w={170}>{t("role")}</Table.Th>
                <Table.Th w={130}>{t("since")}</Table.Th>
                {may && (
                  <Table.Th w={50}>
                    <VisuallyHidden>{t("more")}</VisuallyHidden>
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((person) => (
                <Table.Tr key={person.id}>
                  <Table.Td>
                    <Group gap="xs">
                      <b>{person.name}</b>
                      {person.isMe && <Badge tone="quiet">{t("me")}</Badge>}
                      {person.hasOneTimePassword && <OneTimeBadge until={person.oneTimeUntil} />}
                    </Group>
                    <Text size="xs" c="dimmed">
                      {person.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {may ? (
                      <Select
                        aria-label={t("roleOf", { name: person.name })}
                        value={person.role}
                        allowDeselect={false}
                        data={choices(person.role).map((value) => ({ value, label: t(`roles.${value}`) }))}
                        onChange={(role) =>
                          role &&
                          void attempt(
                            () => api.patch(`/people/${person.id}`, { role }),
                            t("changed", { name: person.name }),
                          )
                        }
                      />
                    ) : (
                      t(`roles.${roleOf(person.role)}`)
                    )}
                  </Table.Td>
                  <Table.Td>
                    <When at={person.since} />
                  </Table.Td>
                  {may && (
                    <Table.Td>
                      <RowMenu label={t("moreOf", { name: person.name })}>
                        {!person.isMe && (
                          <Menu.Item
                            leftSection={<Icon name="key" size={15} />}
                            onClick={() => setAsked({ what: "newPassword", of: person })}
                          >
                            {t("newPassword")}
                          </Menu.Item>
                        )}
                        <Menu.Item
                          leftSection={<Icon name="remove" size={15} />}
                          onClick={() => setAsked({ what: "takeOut", of: person })}
                        >
                          {t("takeOut")}
                        </Menu.Item>
                      </RowMenu>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {may && (
            <Group justify="flex-end" mt="md">
              <Button leftSection={<Icon name="add" size={16} />} onClick={() => setInviting(true)}>
                {t("invite")}
              </Button>
            </Group>
          )}
        </>
      )}
      {isInviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(made) => {
            setInviting(false);
            setOnce(made);
            void queries.invalidateQueries({ queryKey: PEOPLE });
          }}
        />
      )}
      <AskFirst asked={asked} onClose={() => setAsked(undefined)} onSure={(sure) => void act(sure)} />
      <PasswordOnce of={once} onClose={() => setOnce(undefined)} />
    </Part>
  );
}

/** A password that was told and not replaced yet: until when it serves, or that it does no more. */
function OneTimeBadge({ until }: { until: string | null }) {
  const t = useT("team");
  const format = useFormatter();
  if (until === null) return <Badge tone="warn">{t("oneTime")}</Badge>;
  const at = new Date(until);
  return at <= new Date() ? (
    <Badge tone="bad">{t("oneTimeOver")}</Badge>
  ) : (
    <Badge tone="warn">{t("oneTimeUntil", { at: format.dateTime(at, { month: "short", day: "numeric" }) })}</Badge>
  );
}

type Shown = "owner" | "approver" | "marketer" | "ops" | "viewer" | "merchant_manager" | "store_manager" | "cashier";
const OTHERS = ["merchant_manager", "store_manager", "cashier"] as const;
const roleOf = (role: string): Shown => [...ROLES, ...OTHERS].find((known) => known === role) ?? "viewer";
/** A role that nobody is given here stays where somebody has it. */
const choices = (role: string): Shown[] => [...new Set([roleOf(role), ...ROLES])].sort((a, b) => place(a) - place(b));
const place = (role: Shown): number => [...ROLES, ...OTHERS].indexOf(role);
