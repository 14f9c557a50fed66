// Runs in a worker of the page, beside it: loads a module and hands requests to it.
//
// boot.js makes the worker and says in the first message where the files are, `{ glue, wasm }`. Each further message
// is `{ id, request }`, perhaps with the `bytes` of a file, or `{ id, call }` with the name of a function and its
// arguments; what comes back is `{ id, progress }`, any number of times, and then `{ id, answer }`, perhaps with a
// `file`, or `{ id, problem }`. After a problem the module may be in pieces: boot.js ends the worker.
'use strict';

let ready;

async function load(glue, wasm) {
  // Both downloads run at once, though importScripts waits for its own.
  const program = fetch(wasm, { credentials: 'same-origin' });
  program.catch(() => {});
  importScripts(glue);
  const response = await program;
  if (!response.ok) throw new Error(response.url + ' ' + response.status);
  await wasm_bindgen({ module_or_path: response });
}

// A function of the engine for scripts of a host page (src/js_api.rs). Its own refusal is an answer, no crash.
function called([name, ...values]) {
  try {
    return { value: wasm_bindgen[name](...values) };
  } catch (refused) {
    if (refused instanceof WebAssembly.RuntimeError) throw refused;
    return { refused: String(refused.message || refused) };
  }
}

function answered(id, request, bytes) {
  const progress = share => postMessage({ id, progress: share });
  const answer = wasm_bindgen.answer(request, progress, bytes && new Uint8Array(bytes));
  // Only one of the modules makes files.
  const file = wasm_bindgen.takeFile && wasm_bindgen.takeFile();
  return { answer, file };
}

onmessage = ({ data: { glue, wasm, id, request, bytes, call } }) => {
  if (glue) {
    ready = load(glue, wasm);
    // It is told to whoever asks.
    ready.catch(() => {});
    return;
  }
  ready
    .then(() => call ? { answer: called(call) } : answered(id, request, bytes))
    .then(said => postMessage({ id, ...said }), error => postMessage({ id, problem: String(error) }));
};
