// The height that the frame should have, measured on the content alone, so that
// it shrinks as well as it grows.
import { send } from "./host.js";
import { main } from "./page.js";

let told;
let last = -99;
let later;
let watcher;

// report tells the height when it has changed, at most once per frame, and from
// then on by itself.
export const report = () => {
  watcher ||= new ResizeObserver(report).observe(main) || 1;
  const height = Math.ceil(main.getBoundingClientRect().height);
  if (height === told || later) return;
  const wait = last + 16 - performance.now();
  if (wait > 0) {
    later = setTimeout(() => {
      later = 0;
      report();
    }, wait);
    return;
  }
  told = height;
  last = performance.now();
  send("resize", { height });
};
