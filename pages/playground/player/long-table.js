// Keeps the run's table for the tab where it is too long for the record of the run: it is asked for once.

/** @typedef {import("./record.js").KeptRun} KeptRun */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {ReturnType<typeof makeLongTable>} LongTable */

/**
 * @param {Pick<import("../../live/kit/requests.js").Requests, "wish" | "waits">} requests
 * @param {Pick<import("../../live/kit/tab-texts.js").TabTexts, "at" | "read" | "write" | "knows" | "forget">} texts
 */
export function makeLongTable(requests, texts) {
  return {
    /**
     * Hands over a record with its table: at once, or after a reload when that has been read.
     * @param {KeptRun} record
     * @param {(record: KeptRun) => void} send
     */
    bring(record, send) {
      const name = record.table ? "" : record.long_table || "", table = name && texts.at(name);
      if (!name || table) send(table ? { ...record, table } : record);
      else void texts.read(name).then((read) => send(read ? { ...record, table: read } : record));
    },

    /** Takes one that was asked for. @param {Pick<Header, "table">} header */
    take({ table }) { if (table) void texts.write(...table); },

    /** Asks for the table of what is kept, or gives up the one before. @param {NonNullable<Header["kept"]>} kept */
    follow({ long_table: name }) {
      if (!name) texts.forget();
      else if (!texts.knows(name) && !requests.waits("table")) requests.wish({ kind: "table" });
    },
  };
}
