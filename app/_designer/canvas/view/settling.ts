/** So long after its last step a zoom has ended. */
const SETTLED_MS = 140;

/** While somebody zooms the drawing is only scaled: `done` is called once it stands. `again`: another step of the zoom. */
export function settling(done: () => void): { again(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => clearTimeout(timer);
  return {
    again() {
      end();
      timer = setTimeout(done, SETTLED_MS);
    },
    end,
  };
}
