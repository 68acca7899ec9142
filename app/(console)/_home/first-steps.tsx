"use client";
import { CloseButton, Paper, Title } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import Link from "next/link";
import { useT } from "../../_i18n/use-t";
import { useMay } from "../../_ui/workspace";
import classes from "./home.module.css";

/** The guided path of the demo, until hidden in this browser: of what the reader may do. */
export function FirstSteps() {
  const t = useT("home");
  const mayLook = useMay("journey.read");
  const mayDraw = useMay("journey.write");
  const mayPublish = useMay("journey.publish");
  const mayRead = useMay("run.read");
  const maySend = useMay("event.write");
  const mayReceive = useMay("sandbox.read");
  const [isHidden, hide] = useLocalStorage({
    key: "first-steps-hidden",
    defaultValue: false,
    getInitialValueInEffect: true,
  });
  const steps = [
    ...(mayLook ? [{ title: t("step1"), hint: t("step1Hint"), href: "/journeys" }] : []),
    ...(mayDraw
      ? [{ title: t("step2"), hint: t(mayPublish ? "step2Hint" : "step2DrawHint"), href: "/journeys" }]
      : mayRead
        ? [{ title: t("step2Read"), hint: t("step2ReadHint"), href: "/runs" }]
        : []),
    ...(maySend ? [{ title: t("step3"), hint: t("step3Hint"), href: "/events?test=order_paid" }] : []),
    ...(mayReceive ? [{ title: t("step4"), hint: t("step4Hint"), href: "/sandbox" }] : []),
  ];
  if (isHidden || steps.length < 2) return null;
  return (
    <Paper withBorder className={classes.steps} component="section" aria-labelledby="steps">
      <div className={classes.cardHead}>
        <Title order={2} id="steps">
          {t("stepsTitle")}
        </Title>
        <CloseButton size="sm" aria-label={t("hide")} onClick={() => hide(true)} />
      </div>
      <ol className={classes.path}>
        {steps.map((step, i) => (
          <li key={step.title}>
            <Link href={step.href} className={classes.step}>
              <span className={classes.number} aria-hidden>
                {i + 1}
              </span>
              <span>
                <strong>{step.title}</strong> <small>{step.hint}</small>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
