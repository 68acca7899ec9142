"use client";
import { sampled } from "@/core/message/sample/sampled";
import type { Locale } from "@/core/text";
import { useT } from "../../../../_i18n/use-t";
import { useDesigner } from "../../../store/use-designer";
import classes from "../../fields.module.css";
import { useSample } from "./sample-of";

/**
 * A template for the invented member at once, with its values marked; for a real member, and where it holds more than values, as the server
 * filled it in.
 */
export function Filled({
  template,
  locale,
  rendered,
}: {
  template: string;
  locale: Locale;
  rendered?: string | undefined;
}) {
  const { scopes } = useSample();
  const isReal = useDesigner((state) => state.previewAs !== undefined);
  const { pieces, isExact } = sampled(template, scopes[locale]);
  if ((isReal || !isExact) && rendered !== undefined && template !== "") return rendered;
  return pieces.map((piece, i) =>
    piece.isFilled ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
      <span key={i} className={classes.filled}>
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  );
}

/** Why the preview could not be made. */
export function Broken({ problem }: { problem: string | undefined }) {
  const t = useT("designerFields");
  return problem ? (
    <p className={classes.hint} role="status">
      {t("previewBroken", { reason: problem })}
    </p>
  ) : null;
}
