"use client";
import { VisuallyHidden } from "@mantine/core";
import { memo, useDeferredValue, useMemo } from "react";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
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
  // The drawing comes first.
  const document = useDeferredValue<JourneyDocument | undefined>(useDesigner(drawn), undefined);
  const stops = useMemo(() => (document ? walk(document, portsOf) : []), [document]);
  return (
    <VisuallyHidden>
      <nav aria-label={t("outline")} data-testid="outline">
        <ol>
          {stops.map(({ node, by, again, depth }, i) => {
            const from = by && document && nodeOf(document, by.from);
            const isFork = from && portsOf(from).length > 1;
            return (
              <Stop
                // biome-ignore lint/suspicious/noArrayIndexKey: a node may be passed several times
                key={`${node.id}-${i}`}
                node={node}
                depth={depth}
                by={by && isFork ? say(by.port.name) : undefined}
                isAgain={again}
                isLoose={i > 0 && !by}
              />
            );
          })}
        </ol>
      </nav>
    </VisuallyHidden>
  );
});

/** By itself: at a letter only the step that it is written in is told anew. */
const Stop = memo(function Stop({
  node,
  depth,
  by,
  isAgain,
  isLoose,
}: {
  node: JourneyNode;
  depth: number;
  /** The way that leads here, where there are others. */
  by: string | undefined;
  /** It was told before: a loop comes back here, or ways meet. */
  isAgain: boolean;
  isLoose: boolean;
}) {
  const t = useT("designer");
  const says = useSays();
  const title = useTitle()(node);
  const { select } = useEditor();
  return (
    <li data-depth={depth}>
      {by !== undefined ? `${t("outlineBy", { port: by })} → ` : isLoose ? `${t("outlineLoose")} → ` : ""}
      <button type="button" tabIndex={-1} onClick={() => select([node.id])}>
        {isAgain
          ? t("outlineAgain", { title })
          : t("outlineLine", {
              title,
              says: says(node)
                .map((piece) => piece.text)
                .join(""),
            })}
      </button>
    </li>
  );
});
