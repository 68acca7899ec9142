"use client";
import { Component, type ReactNode } from "react";

type Props = {
  /** What is drawn: once it is another, it is tried again. */
  of: unknown;
  /** What is drawn in its place when it cannot be. */
  instead: ReactNode;
  children: ReactNode;
};
type State = { of: unknown; isBroken: boolean };

/** What cannot be drawn here takes nothing beside it along: the drawing stays open, so that it can be mended. */
export class Boundary extends Component<Props, State> {
  override state: State = { of: this.props.of, isBroken: false };

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ of }: Props, before: State): State | null {
    return of === before.of ? null : { of, isBroken: false };
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.instead : this.props.children;
  }
}
