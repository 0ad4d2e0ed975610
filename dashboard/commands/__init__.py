"""The commands about what is shown. Each module makes a typer app on settings it is handed, and imports what does the work
when it is called: a pipeline that runs has no use for it."""
