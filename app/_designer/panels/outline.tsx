"use client";
import { VisuallyHidden } from "@mantine/core";
import { memo, useDeferredValue, useMemo } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { nodeOf } from "../edit/place";
import { walk } from "../edit/walk";
import { portsOf } from "../kinds";
import { useSay } from "../shelf";
import { drawn } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { useSays, useTitle } from "../use-says";

/** The journey in words, as an ordered list along the flow, for readers who do not see the drawing. */
export const Outline = memo(function Outline() {
  const t = useT("designer");
  const say = useSay();
  const says = useSays();
  const titleOf = useTitle();
  const { select } = useEditor();
  // The drawing comes first.
  const document = useDeferredValue<JourneyDocument | undefined>(useDesigner(drawn), undefined);
  const stops = useMemo(() => (document ? walk(document, portsOf) : []), [document]);
  return (
    <VisuallyHidden>
      <nav aria-label={t("outline")} data-testid="outline">
        <ol>
          {stops.map(({ node, by, again, depth }, i) => {
            const line = again
              ? t("outlineAgain", { title: titleOf(node) })
              : t("outlineLine", {
                  title: titleOf(node),
                  says: says(node)
                    .map((piece) => piece.text)
                    .join(""),
                });
            const from = by && document && nodeOf(document, by.from);
            const isFork = from && portsOf(from).length > 1;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a node may be passed several times
              <li key={`${node.id}-${i}`} data-depth={depth}>
                {by && isFork
                  ? `${t("outlineBy", { port: say(by.port.name) })} → `
                  : i > 0 && !by
                    ? `${t("outlineLoose")} → `
                    : ""}
                <button type="button" tabIndex={-1} onClick={() => select([node.id])}>
                  {line}
                </button>
              </li>
            );
          })}
        </ol>
      </nav>
    </VisuallyHidden>
  );
});
