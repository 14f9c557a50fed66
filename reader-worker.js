// Runs in a worker of the page, beside it: loads the second module and hands requests to it.
//
// boot.js makes the worker and says in the first message where the files are, `{ glue, wasm }`. Each further message
// is `{ id, request }`; what comes back is `{ id, progress }`, any number of times, and then `{ id, answer }` or
// `{ id, problem }`. After a problem the module may be in pieces: boot.js ends the worker.
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

onmessage = ({ data: { glue, wasm, id, request } }) => {
  if (glue) {
    ready = load(glue, wasm);
    // It is told to whoever asks.
    ready.catch(() => {});
    return;
  }
  ready
    .then(() => wasm_bindgen.answer(request, progress => postMessage({ id, progress })))
    .then(answer => postMessage({ id, answer }), error => postMessage({ id, problem: String(error) }));
};
