"use client";
import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { useT } from "../_i18n/use-t";
import { ApiError, apiAt } from "../_ui/api";
import { Icon } from "../_ui/icons";
import { useProblem } from "../_ui/page/error-panel";
import classes from "./form.module.css";
import { Frame } from "./frame";

/** Email and password, then on to `to`; on a demo also who to be and where the password stands. */
export function SignInForm({
  api,
  demo,
  to,
}: {
  api: string;
  demo?: { workspace: string; email: string } | undefined;
  to: string;
}) {
  const t = useT("signIn");
  const common = useT("common");
  const problem = useProblem();
  const router = useRouter();
  const queries = useQueryClient();
  const [email, setEmail] = useState(demo?.email ?? "");
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    try {
      await apiAt(api).post("//api/auth/sign-in/email", { email: email.trim(), password });
      // What was read for whoever was signed in before is theirs.
      queries.clear();
      router.push(to);
      router.refresh();
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError && error.code === "not_signed_in") setWrong(t("wrong"));
      else if (error instanceof ApiError && error.code === "too_many_requests") setWrong(t("tooMany"));
      else {
        const { title, says } = problem(error);
        const isRefused = error instanceof ApiError && error.code === "not_allowed";
        setWrong([!isRefused && title, says].filter(Boolean).join(" "));
      }
      passwordField.current?.select();
    }
  };

  return (
    <Frame
      title={common("product")}
      lead={t("lead")}
      below={
        demo && (
          <section className={classes.demo} aria-label={t("demoTitle", { workspace: demo.workspace })}>
            <Text size="sm" fw={600}>
              {t("demoTitle", { workspace: demo.workspace })}
            </Text>
            <Text size="sm" c="dimmed">
              {t("demoWhere", { file: "demo.json" })}
            </Text>
            {email.trim() !== demo.email && (
              <Anchor component="button" type="button" size="sm" onClick={() => setEmail(demo.email)}>
                {t("demoUse", { email: demo.email })}
              </Anchor>
            )}
          </section>
        )
      }
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput
            label={t("email")}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
            autoFocus={!demo}
          />
          <PasswordInput
            ref={passwordField}
            label={t("password")}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            autoFocus={!!demo}
          />
          {wrong && (
            <Alert
              color="danger"
              variant="light"
              p="xs"
              icon={<Icon name="warning" size={16} />}
              role="alert"
              className={classes.wrong}
            >
              {wrong}
            </Alert>
          )}
          <Button type="submit" loading={isBusy} fullWidth size="md">
            {demo && email.trim() === demo.email ? t("enterDemo") : t("submit")}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
