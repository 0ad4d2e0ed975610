/* The browser's own fields, for the forms that write. A field keeps what is typed until the page is another one. */
(function () {
  "use strict";
  const KNOWN = ["id", "name", "type", "maxLength", "rows", "autoComplete", "defaultValue", "defaultChecked"];
  const made = window.React.createElement;

  function Field(given) {
    const props = Object.fromEntries(KNOWN.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
    // with another name or another beginning it is another field: nothing of the one before stays in it
    props.key = [given.id, given.name, given.defaultValue, given.defaultChecked].join("|");
    const options = (given.options || []).map(([value, label]) => made("option", { key: value, value: value }, label));
    return given.kind === "select" ? made("select", props, options) : made(given.kind, props);
  }

  window.sjukvy_falt = { Field: Field };
})();
