// Starts the page, and is what remains of it when it cannot start or has crashed. Holds no rule of the form.
//
// Written in ECMAScript 5, so that even an engine that cannot run the program reads this file and says so.
//
// What the program may count on:
// - `wasm_bindgen.mount(root, options)` is called once; `root` is the element #gouji, emptied;
// - `window.gouji.crashed(text)` shows the crash page (a panic hook may call it with the panic's message;
//   without it, the trap that follows the panic shows the same page with the engine's own words).
//
// Drafts are kept here, in one place, because both the program and what remains after its crash need them:
// - `window.gouji.drafts.all()`, `.open(id)`, `.isChanged(id)`, `.save(draft)`, `.putAside(draft, name)`, `.remove(id)`,
//   `.clear()` return promises; `.save` gives false, and keeps what is there, where another window has changed the draft
//   meanwhile; `.take(id, revision)` says that this window goes on with a draft as it was opened;
// - `.leave(draft)` keeps a draft at once, in localStorage, when the page goes away: the database answers too late for
//   that. The next page puts it among the drafts;
// - IndexedDB database `gouji`; object stores `drafts` and `aside` (drafts that could not be read, put away
//   untouched): key = the draft's id, value = a record `{ id, title, saved_at, text, revision }`; `text` is the JSON
//   text of the submission, as 导出 JSON would write it; `saved_at` is anything that `new Date(…)` reads.
//
// Forms that the page does not open with, and the sample, are fetched here (`fetchText` of `askBoot`), because their
// addresses stand in the start page, as `data-<name>` of this script.
//
// The modules beside the page are asked here too, because a worker is made and ended in JavaScript:
// - `window.gouji.reader.ask(request, onProgress)` returns a promise of the answer; both are JSON texts
//   (src/reader_api.rs). `onProgress`, if given, gets the share that is done. The module is fetched at the first ask;
// - `window.gouji.reader.stop()` ends it. What is under way is rejected; the next ask starts it anew;
// - `window.gouji.office` is the same for Word and Excel (src/office_api.rs). A file that an answer comes with goes out as
//   a download;
// - `window.gouji.blankSubmission(templateId, draftId)` and `.evaluate(submission, stage)` are the engine for scripts of
//   a host page (src/js_api.rs); they give promises, and what is refused rejects with an Error;
// - a rejection is a plain text: 'stopped', or why the module could not be fetched or has crashed. It never ends the page.
(function () {
  'use strict';

  // A second policy narrows the first: no eval, only WebAssembly. Engines that do not know 'wasm-unsafe-eval'
  // would refuse all WebAssembly under it, so it is added only where a younger feature is there:
  // toSorted came with Chromium 110, Firefox 115, Safari 16; the keyword with 97, 102, 16.
  if (typeof Array.prototype.toSorted === 'function') {
    var policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "script-src 'self' 'wasm-unsafe-eval'";
    document.head.appendChild(policy);
  }

  var script = document.currentScript;
  var root = document.getElementById('gouji');
  var over = false;

  // The smallest module that uses every feature the program is built with: an exported mutable global,
  // sign extension, saturating conversion from float to integer, memory.fill. Held by a test.
  var PROBE = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 6, 6, 1, 127, 1, 65, 0, 11, 7, 5, 1, 1,
    103, 3, 0, 10, 22, 1, 20, 0, 67, 0, 0, 0, 0, 252, 0, 192, 26, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11
  ];

  function engineIsEnough() {
    try {
      return typeof Promise === 'function' && typeof fetch === 'function' && typeof TextDecoder === 'function' &&
        typeof BigInt === 'function' && WebAssembly.validate(new Uint8Array(PROBE));
    } catch (missing) {
      return false;
    }
  }

  // One element with its text and children: the page below must not depend on anything that could be broken.
  function element(name, text, attributes, children) {
    var made = document.createElement(name);
    if (text) made.appendChild(document.createTextNode(text));
    for (var key in attributes || {}) made.setAttribute(key, attributes[key]);
    (children || []).forEach(function (child) { made.appendChild(child); });
    return made;
  }

  function button(text, action, onClick, isMain) {
    var made = element('button', text, { type: 'button', 'data-action': action });
    if (isMain) made.className = 'main';
    made.addEventListener('click', onClick);
    return made;
  }

  function reloadButton() {
    return button('重新打开', 'reload', function () { location.reload(); }, true);
  }

  // Shows one of the pages of this file instead of the program. The first reason stays: what follows it is
  // usually its consequence.
  function replacePage(part, title, children) {
    if (over) return;
    over = true;
    var page = element('div', '', { 'class': 'boot', 'data-part': part, role: 'alert' },
      [element('h1', title)].concat(children));
    document.title = title;
    // These pages are in Chinese, whatever the program spoke.
    document.documentElement.lang = 'zh-CN';
    document.body.textContent = '';
    document.body.appendChild(page);
  }

  function showTooOld() {
    var agent = navigator.userAgent;
    var isInternetExplorer = !!document.documentMode;
    var found = /(?:Chrome|Firefox)\/(\d+)/.exec(agent) || /Version\/(\d+)[^ ]* .*Safari/.exec(agent);
    var name = isInternetExplorer ? 'IE ' + document.documentMode
      : found ? found[0].split('/')[0].replace('Version', 'Safari') + ' ' + found[1] : agent;
    replacePage('too-old', '浏览器版本太旧，打不开这张表', [
      element('p', '现在用的浏览器内核是：' + name + '。本表需要 Chrome 86 或更新的内核。'),
      element('p', '可以这样做：'),
      element('ul', '', {}, [
        element('li', '如果用的是 360、搜狗、QQ 等双核浏览器，点地址栏右端的图标，从「兼容模式」切换到「极速模式」，再刷新。'),
        element('li', '或者升级浏览器：360 安全浏览器 13、360 极速浏览器 13、Edge 86、Chrome 86、Firefox 79、Safari 15 及更新的版本都可以。')
      ]),
      element('p', 'This browser is too old for the form. Use Chrome 86 or newer.', { lang: 'en' })
    ]);
  }

  function showNotLoaded(what) {
    replacePage('not-loaded', '页面没有下载完整', [
      element('p', '程序文件没有取到，多半是网络中断，或者网站正在更新。已经自动保存的草稿还在本机浏览器里。稍后重新打开。'),
      element('pre', what),
      reloadButton()
    ]);
  }

  function showCrash(what) {
    if (over) return;
    var list = element('div', '正在查找草稿……', { 'data-part': 'drafts' });
    replacePage('crash', '出错了', [
      element('p', '程序遇到意外，已经停下来。'),
      list,
      element('p', '重新打开后会接着上次保存的内容。如果打开后又出错，先下载草稿，再把下面的说明发给维护人员。'),
      element('pre', what),
      reloadButton()
    ]);
    function tell(text, found) {
      list.textContent = '';
      list.appendChild(element('p', text));
      found.forEach(function (draft) {
        list.appendChild(button('下载草稿：' + describe(draft), 'download-draft', function () { download(draft); }));
      });
    }
    drafts.all().then(function (found) {
      tell(!found.length ? '本机没有保存过草稿。' : '最近一次自动保存的内容还在本机浏览器里，没有丢失，可以下载：', found);
    }, function (error) { tell('草稿读不出来：' + error, []); });
  }

  function describe(draft) {
    var saved = new Date(draft.saved_at);
    return (draft.title || draft.id || '未命名') + (isNaN(saved) ? '' : '，保存于 ' + saved.toLocaleString('zh-CN')) +
      (draft.aside ? '（读不出而另存的）' : '');
  }

  // The text goes out as it was saved, byte for byte: 打开文件 takes it back.
  function download(draft) {
    handOut(draft.text, {
      type: 'application/json',
      name: String(draft.title || draft.id || '草稿').replace(/[\\/:*?"<>|\s]+/g, '_') + '.json'
    });
  }

  // A text or bytes as a download. `as` has its name and type.
  function handOut(content, as) {
    var link = element('a', '', {
      href: URL.createObjectURL(new Blob([content], { type: as.type })),
      download: as.name
    });
    // Firefox follows only a link that is in the document.
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  // One transaction over both stores; the promise holds what `work` returned, once everything is on disk.
  function inDatabase(mode, work) {
    return new Promise(function (resolve, reject) {
      var request = indexedDB.open('gouji', 1);
      request.onupgradeneeded = function () {
        request.result.createObjectStore('drafts');
        request.result.createObjectStore('aside');
      };
      request.onerror = function (event) {
        event.preventDefault();
        reject(request.error);
      };
      request.onsuccess = function () {
        var database = request.result;
        var transaction = database.transaction(['drafts', 'aside'], mode);
        var result = work(transaction.objectStore('drafts'), transaction.objectStore('aside'));
        transaction.oncomplete = function () {
          database.close();
          resolve(result);
        };
        transaction.onabort = function () {
          database.close();
          reject(transaction.error);
        };
      };
    });
  }

  // Every record of a store, put into `found` while the transaction lasts.
  function collect(store, found) {
    store.openCursor().onsuccess = function (event) {
      var cursor = event.target.result;
      if (!cursor) return;
      found.push(cursor.value);
      cursor['continue']();
    };
  }

  function newestFirst(drafts) {
    return drafts.sort(function (a, b) { return (+new Date(b.saved_at) || 0) - (+new Date(a.saved_at) || 0); });
  }

  // Each save gives the draft a revision of this window's own. A draft whose revision is not the one that this window
  // opened or saved was changed by another.
  var known = {};
  // The revision that is on its way to the disk. Saves take turns, or one of this window would look like another's.
  var pending = {};
  var turn = Promise.resolve();
  var revisions = 0;
  var thisWindow = String(Math.random());

  // What pages left behind when they went away, by the names of localStorage.
  var LEFT = 'gouji-left-';

  function namesLeft() {
    try {
      return Object.keys(localStorage).filter(function (name) { return name.indexOf(LEFT) === 0; });
    } catch (forbidden) {
      return [];
    }
  }

  function forget(name) {
    try { localStorage.removeItem(name); } catch (forbidden) { /* then nothing was kept either */ }
  }

  // A draft that a page left behind; null where somebody else wrote there.
  function leftUnder(name) {
    try {
      var draft = JSON.parse(localStorage.getItem(name));
      return draft && typeof draft.id === 'string' && typeof draft.text === 'string' ? draft : null;
    } catch (broken) {
      return null;
    }
  }

  // Puts a draft that a page left behind into the database. Where another window has saved it meanwhile, both stay.
  function takeIn(kept, draft) {
    kept.get(draft.id).onsuccess = function (event) {
      var there = event.target.result;
      if (there && there.text === draft.text) return;
      if (there && there.revision !== draft.base && there.revision !== draft.pending) draft.id += '-' + (+new Date());
      kept.put({ id: draft.id, title: draft.title, saved_at: draft.saved_at, text: draft.text }, draft.id);
    };
  }

  // False, and nothing is written, where another window has changed the draft meanwhile.
  function put(draft) {
    var revision = thisWindow + ' ' + (revisions += 1);
    pending[draft.id] = revision;
    return inDatabase('readwrite', function (kept) {
      var outcome = { kept: true };
      kept.get(draft.id).onsuccess = function (event) {
        var there = event.target.result;
        if (there && there.revision !== known[draft.id]) {
          outcome.kept = false;
          return;
        }
        draft.revision = revision;
        kept.put(draft, draft.id);
      };
      return outcome;
    }).then(function (outcome) {
      if (outcome.kept) {
        known[draft.id] = revision;
        forget(LEFT + draft.id);
      }
      return outcome.kept;
    });
  }

  var drafts = {
    // The newest first; those put aside last.
    all: function () {
      var found = [];
      var put = [];
      var names = namesLeft();
      return (names.length ? inDatabase('readwrite', function (kept) {
        names.map(leftUnder).forEach(function (draft) { if (draft) takeIn(kept, draft); });
      }).then(function () { names.forEach(forget); }) : Promise.resolve()).then(function () {
        return inDatabase('readonly', function (kept, aside) {
          collect(kept, found);
          collect(aside, put);
        });
      }).then(function () {
        put.forEach(function (draft) { draft.aside = true; });
        return newestFirst(found).concat(newestFirst(put));
      });
    },
    // The draft as it is now, or undefined.
    open: function (id) {
      return inDatabase('readonly', function (kept) { return kept.get(id); }).then(function (request) {
        return request.result;
      });
    },
    take: function (id, revision) {
      known[id] = revision || undefined;
      return Promise.resolve();
    },
    leave: function (draft) {
      draft.base = known[draft.id];
      draft.pending = pending[draft.id];
      localStorage.setItem(LEFT + draft.id, JSON.stringify(draft));
      return Promise.resolve();
    },
    isChanged: function (id) {
      return inDatabase('readonly', function (kept) { return kept.get(id); }).then(function (request) {
        return !!request.result && request.result.revision !== known[id];
      });
    },
    save: function (draft) {
      var saved = turn.then(function () { return put(draft); });
      turn = saved['catch'](function () {});
      return saved;
    },
    // In one step: the draft is never in neither place.
    putAside: function (draft, name) {
      return inDatabase('readwrite', function (kept, aside) {
        aside.put({ id: name, title: draft.title, saved_at: draft.saved_at, text: draft.text }, name);
        kept['delete'](draft.id);
      });
    },
    remove: function (id) {
      forget(LEFT + id);
      return inDatabase('readwrite', function (kept, aside) {
        kept['delete'](id);
        aside['delete'](id);
      });
    },
    clear: function () {
      namesLeft().forEach(forget);
      return inDatabase('readwrite', function (kept, aside) {
        kept.clear();
        aside.clear();
      });
    }
  };

  function checked(response) {
    if (!response.ok) throw new Error(response.url + ' ' + response.status);
    return response;
  }

  function fetchText(name) {
    return fetch(script.getAttribute('data-' + name), { credentials: 'same-origin' }).then(checked)
      .then(function (response) { return response.text(); });
  }

  // A module beside the page, in a worker of its own that is made when it is first asked something. `name` is that of its
  // attributes.
  function moduleOf(name) {
    var worker = null;
    // What is still to be answered, by id.
    var asked = {};
    var asks = 0;
    function address(what) { return script.getAttribute('data-' + name + '-' + what); }

    function begin() {
      worker = new Worker(script.getAttribute('data-worker'));
      var style = address('style');
      if (style && !document.querySelector('link[href="' + style + '"]')) {
        // How that looks which only this module draws.
        document.head.appendChild(element('link', '', { rel: 'stylesheet', href: style }));
      }
      worker.onmessage = function (event) {
        var said = event.data;
        var ask = asked[said.id];
        if (!ask) return;
        if (said.problem) return end(said.problem);
        if (said.progress !== undefined) return ask.onProgress && ask.onProgress(said.progress);
        delete asked[said.id];
        if (said.file) handOut(said.file, JSON.parse(said.answer));
        ask.resolve(said.answer);
      };
      // The script of the worker cannot be fetched (the event has no message then), or failed.
      worker.onerror = function (event) {
        event.preventDefault();
        end(event.message || script.getAttribute('data-worker'));
      };
      // The worker lies beside its files, so their relative addresses hold there too.
      worker.postMessage({ glue: address('glue'), wasm: address('wasm') });
    }

    function end(why) {
      var left = asked;
      asked = {};
      if (worker) {
        worker.onerror = null;
        worker.terminate();
      }
      worker = null;
      for (var id in left) left[id].reject(why);
    }

    function send(message, onProgress) {
      return new Promise(function (resolve, reject) {
        try {
          if (!worker) begin();
        } catch (forbidden) {
          return reject(String(forbidden));
        }
        asks += 1;
        message.id = asks;
        asked[asks] = { resolve: resolve, reject: reject, onProgress: onProgress };
        worker.postMessage(message, message.bytes ? [message.bytes] : []);
      });
    }

    return {
      send: send,
      ask: function (request, onProgress) { return send({ request: request }, onProgress); },
      stop: function () { end('stopped'); }
    };
  }

  var reader = moduleOf('reader');
  var office = moduleOf('office');

  // A function of the engine for scripts of a host page.
  function engine(name) {
    return function () {
      return reader.send({ call: [name].concat([].slice.call(arguments)) }).then(function (answer) {
        if (answer.refused !== undefined) throw new Error(answer.refused);
        return answer.value;
      });
    };
  }

  // Asks the module for Word and Excel; its request is an object of texts, perhaps with a file.
  function askOffice(request) {
    var file = request.file;
    delete request.file;
    return (file ? file.arrayBuffer() : Promise.resolve()).then(function (bytes) {
      return office.send({ request: JSON.stringify(request), bytes: bytes });
    });
  }

  // Where the page shows how far a text is read.
  function showProgress(share) {
    var bar = document.querySelector('[data-part="reading-progress"]');
    if (bar) bar.value = share;
  }

  // What is known of a place in a text that was read.
  function toggleCard(number) {
    var card = document.querySelector('[data-card="' + number + '"]');
    if (card) card.hidden = !card.hidden;
  }

  // The clipboard of navigator needs https and a newer engine; this works everywhere.
  function copy(text) {
    var area = element('textarea', '', { 'class': 'off-screen', 'aria-hidden': 'true', tabindex: '-1' });
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var copied = document.execCommand('copy');
    area.remove();
    return copied;
  }

  // Shows a piece of HTML above the page until it is answered: by a button, which says the answer in `data-on`, or by Esc,
  // which is an empty one. The program may change what is in it meanwhile.
  function choose(html) {
    return new Promise(function (resolve) {
      var place = element('div', '', { 'data-part': 'choice' });
      var dialog = element('dialog', '', { 'class': 'choice', 'aria-labelledby': 'choice-title' }, [place]);
      var before = document.activeElement;
      place.innerHTML = html;
      dialog.addEventListener('click', function (event) {
        var chosen = event.target.closest('[data-action="choose"]');
        if (chosen) dialog.close(chosen.getAttribute('data-on') || '');
      });
      dialog.addEventListener('close', function () {
        dialog.remove();
        // Chromium 86 leaves the focus nowhere.
        if (before) before.focus({ preventScroll: true });
        resolve(dialog.returnValue);
      });
      document.body.appendChild(dialog);
      dialog.showModal();
    });
  }

  function isTrap(error) {
    return typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError;
  }

  // Chromium 86 tells the `error` event of the window nothing of a trap ("Script error.", no error), so each way into
  // the program is watched by itself.
  function watchTraps(exports) {
    var watched = {};
    Object.keys(exports).forEach(function (name) {
      var way = exports[name];
      watched[name] = typeof way !== 'function' ? way : function () {
        try {
          return way.apply(null, arguments);
        } catch (error) {
          if (isTrap(error)) showCrash(describeError(error));
          throw error;
        }
      };
    });
    return watched;
  }

  // The glue makes the instance and keeps its exports to itself; this is where they can be had.
  function watchInstances() {
    ['instantiate', 'instantiateStreaming'].forEach(function (name) {
      var instantiate = WebAssembly[name];
      if (!instantiate) return;
      WebAssembly[name] = function (source, imports) {
        return instantiate.call(WebAssembly, source, imports).then(function (made) {
          if (!made.instance) return made;
          return { module: made.module, instance: { exports: watchTraps(made.instance.exports) } };
        });
      };
    });
  }

  function describeError(error) {
    return error && error.stack ? String(error.stack) : String(error);
  }

  function start() {
    if (!engineIsEnough()) return showTooOld();

    window.addEventListener('error', function (event) {
      if (isTrap(event.error)) showCrash(describeError(event.error));
    });
    window.addEventListener('unhandledrejection', function (event) {
      if (isTrap(event.reason)) showCrash(describeError(event.reason));
    });
    window.gouji = {
      crashed: showCrash,
      drafts: drafts,
      reader: reader,
      office: office,
      blankSubmission: engine('blankSubmission'),
      evaluate: engine('evaluate'),
      askBoot: function (method, first, second) {
        if (method === 'ask') {
          showProgress(0);
          return reader.ask(second, showProgress);
        }
        if (method === 'stop') return reader.stop();
        if (method === 'office') return askOffice(first);
        if (method === 'stopOffice') return office.stop();
        if (method === 'handOut') return handOut(second, { type: 'application/json', name: first });
        if (method === 'card') return toggleCard(second);
        if (method === 'choose') return choose(second);
        if (method === 'copy') return copy(second);
        if (method === 'fetchText') return fetchText(second);
        return drafts[method](first, second);
      }
    };
    watchInstances();

    // Both downloads start at once; the glue is small and is there first.
    var program = fetch(script.getAttribute('data-wasm'), { credentials: 'same-origin' });
    program['catch'](function () {});
    var glue = document.createElement('script');
    glue.src = script.getAttribute('data-glue');
    glue.onerror = function () { showNotLoaded(glue.src); };
    glue.onload = function () {
      // The probe may pass where the syntax of the glue is too new: Chromium 75 to 79.
      if (typeof wasm_bindgen === 'undefined') return showTooOld();
      program.then(function (response) {
        return wasm_bindgen({ module_or_path: checked(response) });
      }).then(function () {
        root.textContent = '';
        try {
          wasm_bindgen.mount(root, {});
        } catch (error) {
          showCrash(describeError(error));
        }
      }, function (error) {
        if (error instanceof WebAssembly.CompileError) showTooOld();
        else if (isTrap(error)) showCrash(describeError(error));
        else showNotLoaded(describeError(error));
      });
    };
    document.head.appendChild(glue);
  }

  start();
})();
