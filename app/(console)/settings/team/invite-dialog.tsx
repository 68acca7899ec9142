"use client";
import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Dialog } from "../../../_ui/page/dialog";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { useApi } from "../../../_ui/workspace";
import type { OneTime } from "./password-once";
import { ROLES } from "./team-roles";

/** Asks who is let in, and as what. */
export function InviteDialog({ onClose, onInvited }: { onClose(): void; onInvited(made: OneTime): void }) {
  const t = useT("team");
  const common = useT("common");
  const api = useApi();
  const [values, setValues] = useState<{ name: string; email: string; role: (typeof ROLES)[number] }>({
    name: "",
    email: "",
    role: "marketer",
  });
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const invite = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(undefined);
    try {
      const made = await api.post<{ email: string; password: string | null }>("/people", {
        ...values,
        name: values.name.trim(),
      });
      onInvited({ name: values.name.trim(), ...made });
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t("invite")}>
      <form onSubmit={(event) => void invite(event)}>
        <Stack>
          <TextInput
            label={t("name")}
            required
            withAsterisk={false}
            maxLength={80}
            data-autofocus
            value={values.name}
            onChange={(e) => setValues({ ...values, name: e.currentTarget.value })}
          />
          <TextInput
            label={t("email")}
            type="email"
            required
            withAsterisk={false}
            maxLength={254}
            value={values.email}
            onChange={(e) => setValues({ ...values, email: e.currentTarget.value })}
          />
          <Radio.Group label={t("role")} value={values.role}>
            <Stack gap="xs" mt={4}>
              {ROLES.map((role) => (
                <Radio
                  key={role}
                  value={role}
                  label={t(`roles.${role}`)}
                  description={t(`may.${role}`)}
                  onChange={() => setValues({ ...values, role })}
                />
              ))}
            </Stack>
          </Radio.Group>
          {failed !== undefined && <ErrorPanel error={failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!values.name.trim() || !values.email.trim()}>
              {t("letIn")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
