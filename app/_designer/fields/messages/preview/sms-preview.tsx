"use client";
import { useWorkspace } from "../../../../_ui/workspace";
import classes from "../../fields.module.css";
import { asSent } from "./as-sent";
import { Broken, Filled } from "./filled";
import { type PreviewProps, useRendered } from "./use-rendered";

/** A text message as it arrives. */
export function SmsPreview(props: PreviewProps & { channel: "sms" }) {
  const { content, locale, purpose } = props;
  const { rendered, problem } = useRendered(props, true);
  const around = useWorkspace();
  const text = typeof content.text === "string" ? content.text : "";
  return (
    <>
      <div className={classes.phone}>
        <div className={classes.bubble}>
          <Filled template={asSent(text, { purpose, locale, around })} locale={locale} rendered={rendered?.text} />
        </div>
      </div>
      <Broken problem={problem} />
    </>
  );
}
