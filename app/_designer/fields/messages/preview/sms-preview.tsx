"use client";
import { asSent } from "@/core/message/sample/as-sent";
import { useWorkspace } from "../../../../_ui/workspace";
import classes from "../../fields.module.css";
import { Broken, Filled } from "./filled";
import { useSample } from "./sample-of";
import { type PreviewProps, useRendered } from "./use-rendered";

/** A text message as it arrives. */
export function SmsPreview(props: PreviewProps & { channel: "sms" }) {
  const { content, locale, purpose } = props;
  const { rendered, problem } = useRendered(props, true);
  const { signature } = useWorkspace();
  const { scopes } = useSample();
  const text = typeof content.text === "string" ? content.text : "";
  return (
    <>
      <div className={classes.phone}>
        <div className={classes.bubble}>
          <Filled sample={asSent(text, scopes[locale], { purpose, signature })} rendered={rendered?.text} />
        </div>
      </div>
      <Broken problem={problem} />
    </>
  );
}
