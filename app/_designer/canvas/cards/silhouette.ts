import type { Family } from "@/core/journey/kind";

const ROUND = 12;
const CUT = 16;

/** The outline of a card by its family, told apart without colour: rounded left, cut corners, pill, plain, small. */
export function silhouette(family: Family, width: number, height: number): string {
  const w = width - 1;
  const h = height - 1;
  switch (family) {
    case "trigger":
      return rounded(w, h, h / 2, ROUND);
    case "wait":
      return rounded(w, h, h / 2, h / 2);
    case "action":
      return rounded(w, h, ROUND, ROUND);
    case "end":
      return rounded(w, h, 8, 8);
    case "condition":
      return `M${CUT + 0.5},0.5H${w - CUT + 0.5}L${w + 0.5},${CUT + 0.5}V${h - CUT + 0.5}L${w - CUT + 0.5},${h + 0.5}H${CUT + 0.5}L0.5,${h - CUT + 0.5}V${CUT + 0.5}Z`;
    default:
      return family satisfies never;
  }
}

function rounded(w: number, h: number, left: number, right: number): string {
  return (
    `M${left + 0.5},0.5H${w - right + 0.5}A${right},${right} 0 0 1 ${w + 0.5},${right + 0.5}V${h - right + 0.5}A${right},${right} 0 0 1 ${w - right + 0.5},${h + 0.5}` +
    `H${left + 0.5}A${left},${left} 0 0 1 0.5,${h - left + 0.5}V${left + 0.5}A${left},${left} 0 0 1 ${left + 0.5},0.5Z`
  );
}
