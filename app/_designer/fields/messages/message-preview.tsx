"use client";
import { ActionIcon, Group, Modal, SegmentedControl, Tooltip } from "@mantine/core";
import { IconArrowsDiagonal } from "@tabler/icons-react";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { MailFrame } from "../../../_ui/message/mail-frame";
import { useWorkspace } from "../../../_ui/workspace";
import { useDesigner } from "../../store/use-designer";
import classes from "../fields.module.css";
import { asSent } from "./as-sent";
import { PreviewAs } from "./preview-as";
import { useVariables } from "./template-input";
import { TestSend } from "./test-send";
import { type PreviewProps, useRendered } from "./use-rendered";
import { sampled } from "./variables";

type Screen = "phone" | "desktop";
/** A desktop mail is drawn at its own width and made to fit the panel. */
const DESKTOP = { width: 680, height: 760 };
const PANEL = 346;

/** The mail as mail programs show it that follow a dark screen. */
const asDark = (html: string): string => html.replaceAll("(prefers-color-scheme:dark)", "all");

/** How the message will look: for a real member or an invented one, a mail on either screen; and a test to oneself. */
export function MessagePreview(props: PreviewProps) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  return (
    <section aria-label={t("preview")} data-testid="message-preview" className={classes.preview}>
      <Group gap={8} wrap="nowrap">
        <b className={classes.previewTitle}>{p("as")}</b>
        <PreviewAs />
      </Group>
      {props.channel === "email" ? (
        <Mail {...props} channel="email" />
      ) : props.channel === "sms" ? (
        <Sms {...props} channel="sms" />
      ) : (
        <Push {...props} channel="push" />
      )}
      <Group justify="flex-end">
        <TestSend {...props} />
      </Group>
    </section>
  );
}

/** Sample values stand marked in the text at once; a real member's come from the server. */
function Filled({ template, locale }: { template: unknown; locale: PreviewProps["locale"] }) {
  const variables = useVariables();
  return (
    <>
      {sampled(typeof template === "string" ? template : "", variables, locale).map((part, i) =>
        part.isFilled ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
          <span key={i} className={classes.filled}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  );
}

const useIsReal = (): boolean => useDesigner((state) => state.previewAs !== undefined);

function Broken({ problem }: { problem: string | undefined }) {
  const t = useT("designerFields");
  return problem ? (
    <p className={classes.hint} role="status">
      {t("previewBroken", { reason: problem })}
    </p>
  ) : null;
}

function Sms(props: PreviewProps & { channel: "sms" }) {
  const { content, locale, purpose } = props;
  const isReal = useIsReal();
  const { rendered, problem } = useRendered(props, true);
  const around = useWorkspace();
  const text = typeof content.text === "string" ? content.text : "";
  return (
    <>
      <div className={classes.phone}>
        <div className={classes.bubble}>
          {isReal && rendered ? (
            rendered.text
          ) : (
            <Filled template={asSent(text, { purpose, locale, around })} locale={locale} />
          )}
        </div>
      </div>
      <Broken problem={problem} />
    </>
  );
}

function Push(props: PreviewProps & { channel: "push" }) {
  const { content, locale } = props;
  const isReal = useIsReal();
  const { name } = useWorkspace();
  const { rendered, problem } = useRendered(props, true);
  const shown = isReal ? rendered : undefined;
  return (
    <>
      <div className={classes.lock}>
        <div className={classes.push}>
          <small>{name}</small>
          <b>{shown ? shown.title : <Filled template={content.title} locale={locale} />}</b>
          <span>{shown ? shown.body : <Filled template={content.body} locale={locale} />}</span>
        </div>
      </div>
      <Broken problem={problem} />
    </>
  );
}

function Mail(props: PreviewProps & { channel: "email" }) {
  const t = useT("designerFields");
  const p = useT("designerPreview");
  const [screen, setScreen] = useState<Screen>("phone");
  const [isLarge, setLarge] = useState(false);
  const [isDark, setDark] = useState(false);
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
        <div className={classes.screen} data-screen={screen}>
          {rendered ? (
            screen === "phone" ? (
              <MailFrame title={t("preview")} html={html} className={classes.mailPhone} />
            ) : (
              <MailFrame
                title={t("preview")}
                html={html}
                style={{ ...DESKTOP, scale: String(PANEL / DESKTOP.width), transformOrigin: "0 0" }}
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
      <Modal opened={isLarge} onClose={() => setLarge(false)} title={p("largeTitle")} size={1140} zIndex={300}>
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
      </Modal>
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
