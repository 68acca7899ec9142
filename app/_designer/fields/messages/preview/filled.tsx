"use client";
import type { Sampled } from "@/core/message/sample/sampled";
import { useT } from "../../../../_i18n/use-t";
import { useDesigner } from "../../../store/use-designer";
import classes from "../../fields.module.css";

/** What the invented member reads at once, with its values marked; for a real one, and where it holds more than values, as the server filled it in. */
export function Filled({ sample: { pieces, isExact }, rendered }: { sample: Sampled; rendered?: string | undefined }) {
  const isReal = useDesigner((state) => state.previewAs !== undefined);
  if ((isReal || !isExact) && rendered !== undefined && (pieces.length > 0 || !isExact)) return rendered;
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
