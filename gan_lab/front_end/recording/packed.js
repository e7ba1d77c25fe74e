// A recording as a page holds it, in text: base64 of gzip (gan_lab/recording/for_a_page.py).

import { bytesOf } from "./recording.js";

const OLD = "This browser cannot unpack it: one of 2023 or later can.";

async function unzipped(bytes) {
  const { DecompressionStream } = /** @type {any} */ (globalThis);
  if (!DecompressionStream) throw new Error(OLD);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error("The recording is damaged: its text is not gzip.");
  }
}

// Every other byte stands before those between them: the low and the high ones of a level of 16 bits.
function woven(apart) {
  const half = Math.ceil(apart.length / 2);
  const bytes = new Uint8Array(apart.length);
  apart.forEach((byte, i) => {
    bytes[i < half ? 2 * i : 2 * (i - half) + 1] = byte;
  });
  return bytes;
}

// (text) -> the bytes of the recording; what is damaged is told in a sentence.
export const unpacked = async (text) => woven(await unzipped(bytesOf(text)));
