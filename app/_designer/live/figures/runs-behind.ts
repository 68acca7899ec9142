"use client";
import { useContext, useMemo } from "react";
import type { JourneyNode } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { useJourneyId } from "../../store/journey-id";
import { type Count, CountsContext } from "./counts";

type Node = Pick<JourneyNode, "id" | "replaces">;

/** Where the runs behind a step's numbers are listed. What moved is of the span of time that is counted; who stands there stands there now. */
export function useRunsBehind(): {
  part(node: Node, part: keyof Count): string;
  way(node: Node, port: string): string;
} {
  const journey = useJourneyId();
  const { since } = useContext(CountsContext);
  return useMemo(() => {
    const list = (filters: Record<string, string>) => `/runs?${new URLSearchParams({ journey, ...filters })}`;
    const moved = (filters: Record<string, string>) => list({ ...filters, ...(since !== null && { since }) });
    return {
      part(node, part) {
        const at = rootOf(node);
        switch (part) {
          case "entered":
            return moved({ reached: at });
          case "left":
            return moved({ left: at });
          case "waiting":
            return list({ node: at, state: "live" });
          case "failed":
            return list({ node: at, state: "failed" });
          default:
            return part satisfies never;
        }
      },
      way: (node, port) => moved({ left: rootOf(node), by: port }),
    };
  }, [journey, since]);
}
