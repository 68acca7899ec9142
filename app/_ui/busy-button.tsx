"use client";
import type { ComponentProps } from "react";

type Marks = { "data-loading"?: boolean | undefined; "data-disabled"?: boolean | undefined };

/**
 * What every button of the library is made of. One that is `loading` the library disables, and a browser takes the keyboard from what is disabled, for
 * good when the answer is a refusal: here it only does nothing meanwhile, and says so.
 */
export function BusyButton({ disabled, onClick, type = "button", ...more }: ComponentProps<"button"> & Marks) {
  const isBusy = more["data-loading"] === true && more["data-disabled"] !== true;
  const meanwhile: ComponentProps<"button"> = {
    "aria-disabled": true,
    "aria-busy": true,
    // Neither does its form.
    onClick: (event) => event.preventDefault(),
  };
  return <button {...more} type={type} {...(isBusy ? meanwhile : { disabled, onClick })} />;
}
