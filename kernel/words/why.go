package words

// PictureBare stands above a picture that explains nothing.
const PictureBare = "This is what happened. What do you see? %why adds the explanations."

// WhyNothing answers %why where nothing was withheld.
const WhyNothing = "the last run was shown with all that is known of it"

// WhyNothingHint says what %why is for.
const WhyNothingHint = "%picture plain shows runs without explanations, until you ask %why"

// PlainOn says that explanations wait from now on.
const PlainOn = "Pictures come without explanations from now on: %why adds those of the last run, %picture on those of all."
