import type { Rule } from "@/core/rules/rule";
import { readRule } from "../../rules/read";

/** A switch's way as a draft has it. */
export type Case = { id: string; name: string; when: Rule };

export const readCases = (value: unknown): Case[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Case[] =>
        typeof one === "object" && one !== null && "id" in one && typeof one.id === "string"
          ? [
              {
                id: one.id,
                name: "name" in one && typeof one.name === "string" ? one.name : "",
                when: readRule("when" in one ? one.when : undefined),
              },
            ]
          : [],
      )
    : [];
