"""The commands about what is shown. The context's object tells the settings of the installation, or of its demo, and what the
dashboard may know of them; what does the work is imported when it is called: a pipeline that runs has no use for it."""
