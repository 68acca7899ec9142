import { type CardNode, createCards } from "./cards";
import { createWires } from "./lines";
import { createNotes, type NoteNode } from "./notes";

/** What stands on the canvas. */
export type FlowNode = CardNode | NoteNode;

/** Turns the document into what the canvas library draws; a card or line that did not change is the same object, so that it is not drawn again. */
export const createFlow = () => ({ cards: createCards(), notes: createNotes(), wires: createWires() });
