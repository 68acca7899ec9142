"use client";
import { ActionIcon, Group, Tooltip, useComputedColorScheme } from "@mantine/core";
import { type CSSProperties, useState } from "react";
import { sampled } from "@/core/message/sample/sampled";
import { isolated } from "../../../../_i18n/isolated";
import { useT } from "../../../../_i18n/use-t";
import { Icon } from "../../../../_ui/icons";
import { INK, PAPER } from "../../../../_ui/theme";
import { useWorkspace } from "../../../../_ui/workspace";
import { Broken, Filled } from "./filled";
import classes from "./lock.module.css";
import { useSample } from "./sample-of";
import { type PreviewProps, useRendered } from "./use-rendered";

/** A lock screen's own colours, whatever the page's are. */
const screen = ({ sunk, dot, raised, line, ink, inkSoft, inkFaint, accentWash, shadow }: typeof PAPER): CSSProperties =>
  ({
    "--sunk": sunk,
    "--dot": dot,
    "--raised": raised,
    "--line": line,
    "--ink": ink,
    "--ink-soft": inkSoft,
    "--ink-faint": inkFaint,
    "--accent-wash": accentWash,
    "--shadow": shadow,
  }) as CSSProperties;

/** A push on a phone's lock screen, cut where phones cut it, on a light screen or a dark one. */
export function PushPreview(props: PreviewProps & { channel: "push" }) {
  const p = useT("designerPreview");
  const { content, locale } = props;
  const { name } = useWorkspace();
  const { scopes } = useSample();
  const own = useComputedColorScheme("light");
  const [isOther, setOther] = useState(false);
  const isDark = (own === "dark") !== isOther;
  const { rendered, problem } = useRendered(props, true);
  const text = (key: string) => (typeof content[key] === "string" ? content[key] : "");
  return (
    <>
      <Group justify="flex-end">
        <Tooltip label={p("dark")}>
          <ActionIcon
            variant={isDark ? "light" : "subtle"}
            color={isDark ? undefined : "gray"}
            aria-label={p("dark")}
            aria-pressed={isDark}
            onClick={() => setOther((was) => !was)}
            data-testid="preview-dark"
          >
            <Icon name="dark" size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <div className={classes.lock} style={screen(isDark ? INK : PAPER)} data-testid="lock-screen">
        <span className={classes.time} aria-hidden>
          09:41
        </span>
        <div className={classes.push}>
          <span className={classes.icon} aria-hidden>
            {[...name][0]}
          </span>
          <div className={classes.words}>
            <small>
              {isolated(name)} · {p("now")}
            </small>
            <b>
              <Filled sample={sampled(text("title"), scopes[locale])} rendered={rendered?.title} />
            </b>
            <span>
              <Filled sample={sampled(text("body"), scopes[locale])} rendered={rendered?.body} />
            </span>
          </div>
        </div>
      </div>
      <Broken problem={problem} />
    </>
  );
}
