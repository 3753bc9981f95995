package words

// PictureBare stands above a picture that explains nothing.
const PictureBare = "This is what happened. What do you see? %why adds the explanations."

// WhyNothing answers %why where nothing was withheld.
const WhyNothing = "Nothing was withheld: the last picture has all its explanations. %picture plain shows runs without them."

// PlainOn says that explanations wait from now on.
const PlainOn = "Pictures come without explanations from now on: %why adds those of the last run, %picture on those of all."
