"use client";
import { ActionIcon, Group, SegmentedControl, Tooltip } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconArrowsDiagonal } from "@tabler/icons-react";
import { useState } from "react";
import { useT } from "../../../../_i18n/use-t";
import { Icon } from "../../../../_ui/icons";
import { MailFrame } from "../../../../_ui/message/mail-frame";
import { Dialog } from "../../../../_ui/page/dialog";
import classes from "../../fields.module.css";
import { Broken } from "./filled";
import { type PreviewProps, useRendered } from "./use-rendered";

type Screen = "phone" | "desktop";
/** A desktop mail is drawn at its own width and made to fit the panel. */
const DESKTOP = { width: 680, height: 760 };

/** The mail as mail programs show it that follow a dark screen. */
const asDark = (html: string): string => html.replaceAll("(prefers-color-scheme:dark)", "all");

/** A mail as it arrives, on either screen, light or dark. */
export function MailPreview(props: PreviewProps & { channel: "email" }) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  const [screen, setScreen] = useState<Screen>("phone");
  const [isLarge, setLarge] = useState(false);
  const [isDark, setDark] = useState(false);
  const panel = useElementSize();
  const fit = panel.width / DESKTOP.width;
  const { rendered, problem, isMaking } = useRendered(props, true);
  const html = isDark ? asDark(rendered?.html ?? "") : (rendered?.html ?? "");
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <SegmentedControl
          size="xs"
          data={[
            { value: "phone", label: p("phone") },
            { value: "desktop", label: p("desktop") },
          ]}
          value={screen}
          aria-label={p("device")}
          data-testid="preview-screen"
          onChange={(next) => setScreen(next === "desktop" ? "desktop" : "phone")}
        />
        <Tooltip label={p("dark")}>
          <ActionIcon
            ml="auto"
            variant={isDark ? "light" : "subtle"}
            color={isDark ? undefined : "gray"}
            aria-label={p("dark")}
            aria-pressed={isDark}
            onClick={() => setDark((was) => !was)}
            data-testid="preview-dark"
          >
            <Icon name="dark" size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={p("large")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={p("large")}
            disabled={!rendered}
            onClick={() => setLarge(true)}
          >
            <IconArrowsDiagonal size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <div className={classes.mail} aria-busy={isMaking && !rendered}>
        <Head rendered={rendered} />
        <div
          ref={panel.ref}
          className={classes.screen}
          data-testid="preview-page"
          style={screen === "desktop" ? { height: DESKTOP.height * fit } : undefined}
        >
          {rendered ? (
            screen === "phone" ? (
              <MailFrame title={t("preview")} html={html} className={classes.mailPhone} />
            ) : (
              <MailFrame
                title={t("preview")}
                html={html}
                style={{ ...DESKTOP, scale: String(fit), transformOrigin: "0 0" }}
              />
            )
          ) : (
            <p className={classes.hint} style={{ padding: 12 }}>
              {problem ? t("previewBroken", { reason: problem }) : t("previewing")}
            </p>
          )}
        </div>
      </div>
      {rendered && <Broken problem={problem} />}
      <Dialog opened={isLarge} onClose={() => setLarge(false)} title={p("largeTitle")} size={1140} zIndex={300}>
        <div className={classes.large}>
          <div className={classes.handset}>
            <Head rendered={rendered} />
            <MailFrame title={p("phone")} html={html} />
          </div>
          <div className={classes.monitor}>
            <Head rendered={rendered} />
            <MailFrame title={p("desktop")} html={html} />
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Head({ rendered }: { rendered: { subject: string; preheader?: string } | undefined }) {
  return (
    <div className={classes.mailHead}>
      <b>{rendered?.subject ?? "—"}</b>
      {rendered?.preheader && <span>{rendered.preheader}</span>}
    </div>
  );
}
